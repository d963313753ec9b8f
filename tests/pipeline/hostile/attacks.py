"""Texts that a document, a file name or a person may bring in, by what they try at an exit. All invented.

`FORGED` begins a line only where a text managed to begin one; `ran` and the address below are what a browser would show
or ask for if it obeyed.
"""

ADDRESS = "http://127.0.0.1:9/obeyed"

ATTACKS: dict[str, str] = {
    # pages
    "html script": '<script>document.title="ran"</script>',
    "html closing": "</title></style></script></textarea></td></table><h1>FORGED</h1>",
    "html image": f"<img src={ADDRESS} onerror=document.title='ran'>",
    "html svg": "<svg/onload=document.title='ran'><foreignObject>",
    "html refresh": f'<meta http-equiv="refresh" content="0;url={ADDRESS}">',
    "html base": f'<base href="{ADDRESS}"><form action="{ADDRESS}"><button autofocus>go</button></form>',
    "html style": f"</style><style>@import url({ADDRESS}); * {{display: none}}</style>",
    "html comment": "<!-- <![CDATA[ ]]> -->",
    "html entity": "&lt;b&gt; &#x3c;b&#x3e; &nbsp;&#8238;",
    "attribute double": '" onmouseover="document.title=1" autofocus onfocus="document.title=2" x="',
    "attribute single": "' onmouseover='document.title=1' style='position:fixed' x='",
    "link javascript": "javascript:document.title='ran'//",
    "link data": "data:text/html,<script>alert(1)</script>",
    "link other host": "https://verify.example.org@evil.example/\u202e",
    # templates and markdown
    "jinja": "{{ 7 * 7 }}{% include '/etc/passwd' %}{# gone #}{{ report.head }}",
    "format": "{0.__class__} %(x)s %s %n ${7*7} #{7*7} {}",
    "markdown": f"[x]({ADDRESS}) ![x]({ADDRESS}) | a | b |\n|---|---|\n# FORGED",
    "backticks": "`recert roster list` ```",
    # spreadsheets
    "formula": "=1+1",
    "formula plus": "+1+1",
    "formula minus": "-2+3",
    "formula at": "@SUM(A1:A9)",
    "formula dde": "=cmd|' /C calc'!A0",
    "formula link": f'=HYPERLINK("{ADDRESS}";"ok")',
    "formula tab": "\t=1+1",
    "formula return": "\r=1+1",
    "formula spaces": "   =1+1",
    "formula full width": "＝1+1",
    "formula small form": "﹦1+1",
    "formula minus sign": "−2+3",
    "formula semicolon": "Knots;=1+1",
    "formula semicolon spaces": "Knots; ;  @A1;",
    "formula new row": 'Knots"\r\n=1+1,"',
    "formula marked": "''=1+1",
    "quotes": 'a"b""c,d;e\'f|g',
    # terminals
    "escape clear": "\x1b[2J\x1b[H\x1b[31mred",
    "escape title": "\x1b]0;gone\x07",
    "escape link": f"\x1b]8;;{ADDRESS}\x1b\\click\x1b]8;;\x1b\\",
    "escape paste": "\x1b[?2004l\x1bP$q\x1b\\\x1b_G\x1b\\",
    "c1 controls": "\x9b31m\x9d0;gone\x9c\x90\x84",
    "backspaces": "accepted\x08\x08\x08\x08\x08\x08\x08\x08rejected",
    "carriage return": "harmless\rFORGED",
    "new line": "harmless\nFORGED",
    "other new lines": "a\x0bFORGED\x0cFORGED\x1cFORGED\x1dFORGED\x1eFORGED\x85FORGED\u2028FORGED\u2029FORGED",
    "nul": "a\x00b\x7f",
    "override": "\u202egnp.exe\u202d\u202b",
    "isolates": "\u2066a\u2067b\u2068c\u2069\u2069",
    "marks of direction": "\u200e\u200fa\u061c",
    "zero width": "pay\u200bpal\u2060\ufeff\u180e\u00ad",
    "joiners in Latin": "pay\u200dpal\u200c\u200d\u200c\u200d",
    "tags": "a\U000e0001\U000e0041\U000e007f",
    "blank letters": "\u3164\u115f\u1160\uffa0\u2800\u17b4\u034f",
    "pile of marks": "a" + "\u0301\u0488\u0336" * 60,
    "rich markup": "[bold red]x[/] [link=https://evil.example]y[/link] [/nothing] [@click=1] :smile:",
    "long": "A" * 8_000,
    "long words": "word " * 1_500,
    "long and hidden": "\u200b" * 2_000,
    # bytes and characters that are none
    "not utf-8": "caf\udce9",
    "half a character": "\ud83d x \ude00",
    "noncharacters": "\uffff\ufffe\U0010ffff\ufdd0",
    "private use": "\ue000\U000f0000",
    # names of files
    "path up": "../../../../etc/passwd",
    "path root": "/etc/cron.d/x",
    "path drive": "C:\\Windows\\x:stream",
    "dots": "..",
    "dot": ".",
    "hidden": ".bashrc",
    "option": "--rf",
    "reserved": "CON",
    "reserved with ending": "nul .pdf",
    "reserved superscript": "COM¹",
    "trailing": "trailing. . ",
    "wildcards": "*?<>|:\"'$~!",
    "255 bytes": "é" * 127 + "x",
    "marks that fill a name": "é" * 300 + ".pdf",
    # shells
    "shell substitution": '"$(touch ran)" `touch ran` ${HOME}',
    "shell quotes": "' ; touch ran ; '",
    "shell line": "x\ntouch ran\n",
    "shell history": "!! !$ \\",
    # databases
    "sql quote": "'); DROP TABLE entry; --",
    "sql double": '" OR 1=1 --',
    "sql parameters": "%s %(a)s :a ? $1 \\'",
    # files that we write
    "toml": '"""\n[x]\nhome = "/"\n\'\'\' \\u0000 \\',
    "json": '"}\n{"file":"FORGED"}\n',
    "log": "\r\n2026-11-22 09:00:00 ERROR FORGED\n",
    "mail": "x\r\nBcc: everybody@example.org\r\n\r\nFORGED",
}

# Names and titles as people really write them, none of which any exit may change.
HONEST: tuple[str, ...] = (
    "Zoë Ångström", "O’Brien-D'Angelo", "Łukasz Żółć", "Đorđe Šćepanović", "İbrahim Işık", "José", "Jose\u0301",
    "Nguyễn Thị Ánh", "Nguye\u0302\u0303n Thi\u0323", "Юлія Щербак", "Ғалым Әлі", "Αθηνά Ωνάση", "Գոհար", "გიორგი",
    "محمد بن عبدالله", "علی\u200cرضا می\u200cخواهد", "فاطمة الزَّهْراء", "שָׁלוֹם בֶּן־דָּוִד", "נֹעַם",
    "नेहा शर्मा", "क्\u200dष", "শ্রীমতী", "ਗੁਰਪ੍ਰੀਤ", "ગુજરાતી", "தமிழ்", "తెలుగు", "ಕನ್ನಡ", "ന\u0d4d\u200d", "ශ්\u200dරී ලංකා",
    "မြန်မာ", "ภาษาไทย", "ກໍ່າ", "ខ្មែរ", "བོད་སྐད་བརྒྱུད", "አማርኛ", "李小龍", "山田 太郎", "葛\U000e0100城", "김철수", "ᠮᠣᠩᠭᠣᠯ",
    "👩\u200d🎓 Ada", "🏳️\u200d🌈", "👍🏽", "❤️\u200d🔥", "C++ & C# 100 %", "Part 1/2: “A” (3rd ed.)", "x < y > z", "R&D",
)  # fmt: skip
