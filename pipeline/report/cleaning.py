"""Every text of a model made safe to show, for pages that place a model as it is."""

from pydantic import JsonValue, TypeAdapter

from pipeline.showing import visible
from rules.folders import Explanation

_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)


def cleaned(explanation: Explanation) -> Explanation:
    """The same explanation with each of its texts through `visible`."""
    return Explanation.model_validate(_clean(_JSON.validate_python(explanation.model_dump(mode="json"))))


def _clean(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return value
