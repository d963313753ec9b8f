"""prefect.yaml: Prefect ignores what it does not know, so a misspelt limit would be a limit lost. Nothing here starts
a server."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from prefect.cli.deploy._models import PrefectYamlModel
from prefect.cli.deploy._triggers import _initialize_deployment_triggers
from prefect.flows import load_flow_from_entrypoint

FILE = Path(__file__).parents[2] / "prefect.yaml"
# Ours: anchors for the deployments below. Prefect has no model for it.
OWN_KEYS = {"definitions"}


def strict_schema() -> dict[str, Any]:
    """Prefect's own schema of the file, with every unknown key an error."""
    schema = PrefectYamlModel.model_json_schema(by_alias=True)
    for part in [schema, *schema["$defs"].values()]:
        if "properties" in part:
            part["additionalProperties"] = False
    return schema


def loaded() -> dict[str, Any]:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {key: value for key, value in data.items() if key not in OWN_KEYS}


def test_the_file_says_only_what_prefect_knows() -> None:
    jsonschema.validate(loaded(), strict_schema())
    PrefectYamlModel.model_validate(loaded())


@pytest.mark.parametrize(("wrong", "where"), [("concurency_limit", "deployment"), ("deploymets", "file")])
def test_a_misspelt_key_is_found(wrong: str, where: str) -> None:
    data = loaded()
    (data if where == "file" else data["deployments"][0])[wrong] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, strict_schema())


def test_every_entrypoint_is_a_flow_that_takes_the_parameters() -> None:
    for deployment in loaded()["deployments"]:
        flow = load_flow_from_entrypoint(deployment["entrypoint"])
        flow.validate_parameters(deployment["parameters"])


def test_a_second_sweep_is_cancelled_and_an_arrival_waits() -> None:
    limits = {deployment["name"]: deployment["concurrency_limit"] for deployment in loaded()["deployments"]}
    assert limits == {
        "batch-ingest": {"limit": 1, "collision_strategy": "CANCEL_NEW"},
        "on-arrival": {"limit": 1, "collision_strategy": "ENQUEUE"},
        "rules-nightly": {"limit": 1, "collision_strategy": "CANCEL_NEW"},
    }


def test_an_arrival_starts_a_sweep_and_names_no_file() -> None:
    deployment = next(one for one in loaded()["deployments"] if one["name"] == "on-arrival")
    (trigger,) = _initialize_deployment_triggers("on-arrival", deployment["triggers"])
    assert trigger.expect == {"certificate.arrived"}
    assert deployment["triggers"][0]["parameters"] == {}


def test_every_deployment_runs_in_the_one_pool_and_needs_no_folder() -> None:
    data = loaded()
    assert {deployment["work_pool"]["name"] for deployment in data["deployments"]} == {"recert"}
    assert data["pull"] == []
    assert all(":" not in deployment["entrypoint"] for deployment in data["deployments"])


def test_schedules_are_named() -> None:
    """A schedule without a slug is a second one after every deploy."""
    schedules = [schedule for deployment in loaded()["deployments"] for schedule in deployment["schedules"]]
    assert {schedule["slug"] for schedule in schedules} == {"sweep", "nightly"}
