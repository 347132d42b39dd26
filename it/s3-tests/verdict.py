#!/usr/bin/env python3
"""Holds a run of ceph/s3-tests against the list of what is expected to fail.

usage: verdict.py expected-failures.txt THROUGH.xml [DIRECT.xml]

THROUGH is pytest's JUnit report of the suite through the gateway, DIRECT that of the store itself: what does not pass there
says nothing of the gateway. Without it every test must pass that is not listed. An unlisted test that fails, a listed one that passes,
one without a reason, and one that a whole run has not met, are errors, and the status says so.
"""
import sys
import xml.etree.ElementTree as xml


def outcomes(report):
    found = {}
    for case in xml.parse(report).getroot().iter("testcase"):
        kinds = {child.tag for child in case}
        found[case.get("name")] = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
    return found


def expected(path):
    reasons = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, _, reason = (part.strip() for part in line.partition("  #" if line[:1] != "#" else "\n"))
            if name and not name.startswith("#"):
                if not reason or name in reasons:
                    sys.exit(f"{path}: {name} has no reason, or is there twice")
                reasons[name] = reason
    return reasons


def main(listed, through, direct=None):
    reasons, here = expected(listed), outcomes(through)
    there = outcomes(direct) if direct else dict.fromkeys(here, "passed")
    lost = {name for name, outcome in there.items() if outcome == "passed" and here.get(name, "failed") == "failed"}
    errors = [f"{name} fails, and is not listed" for name in sorted(lost - set(reasons))]
    errors += [f"{name} passes, and is listed: {reasons[name]}" for name in sorted(reasons) if here.get(name) == "passed"]
    if direct:
        errors += [f"{name} is listed, and is no test" for name in sorted(set(reasons) - set(here))]
    for error in errors:
        print(error)
    print(f"{len(lost)} lost, of which {len(lost & set(reasons))} are listed")
    print(f"{sum(outcome == 'passed' for outcome in here.values())} passed, {len(errors)} failed, 0 skipped")
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
