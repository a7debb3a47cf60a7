"""Lints every policy of a folder with parliament, in one process: `python lint-with-parliament.py FOLDER`."""

import json
import pathlib
import sys

from parliament import analyze_policy_string

linted = 0
findings = 0
failures = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    try:
        findings += len(analyze_policy_string(path.read_text()).findings)
        linted += 1
    except Exception as error:  # parliament raises plain exceptions for what it does not know
        failures[path.stem] = str(error)
print(json.dumps({"linted": linted, "findings": findings, "failures": failures}))
