"""The scripts: one probe per event, mode and bound name, as few scripts as that needs."""
import math

from expect import default_of


def key_of(probe, case, variable):
    return case.name, case.fid, case.pc, f"wasm:opcode:{probe.event}:{internal(probe)}", variable


class Probe:
    def __init__(self, event, mode, name):
        self.event, self.mode, self.bound_name = event, mode, name
        self.name, self.kind = name.text, name.kind

    def text(self):
        bounds = f"({self.name}: {self.kind})" if self.bound_name.bound else ""
        variable = f"v_{self.name}"
        # Nothing else may be matched that happens to have the instruction.
        return (f"wasm:opcode:{self.event}{bounds}:{self.mode} {{ report var {variable}: {self.kind}; "
                f"{variable} = {self.bound_name.expression}; }}")

    def rows(self, facts):
        for case in facts.cases_of(self.event):
            value = facts.value(case, self.bound_name, self.mode)
            if value is None:
                continue
            did_run = case.times(self.mode) and (self.mode != "after" or not trapped(facts, case))
            yield key_of(self, case, f"v_{self.name}"), (self.kind, value if did_run else default_of(self.kind))


class Counter:
    """Counts how often a probe runs."""
    name, kind = "count", "u32"

    def __init__(self, event, mode):
        self.event, self.mode = event, mode

    def text(self):
        return f"wasm:opcode:{self.event}:{self.mode} {{ report var count: u32; count++; }}"

    def rows(self, facts):
        for case in facts.cases_of(self.event):
            if case.times(self.mode) is None:
                continue
            times = 0 if self.mode == "after" and trapped(facts, case) else int(case.times(self.mode))
            yield key_of(self, case, "count"), ("u32", times)


class Assignment(Counter):
    """Writes an operand or a result back, as it is."""

    def __init__(self, event, name):
        super().__init__(event, "after" if name.text.startswith("res") else "before")
        self.bound_name, self.name = name, name.text + " assigned"

    def text(self):
        name = self.bound_name
        bounds = f"({name.text}: {name.kind})" if name.bound else ""
        return (f"wasm:opcode:{self.event}{bounds}:{self.mode} "
                f"{{ report var count: u32; count++; {name.text} = {name.text}; }}")

    def rows(self, facts):
        for case in facts.cases_of(self.event):
            if facts.value(case, self.bound_name, self.mode) is not None:
                yield from (row for row in super().rows(facts) if row[0][0] == case.name)


class Replacement:
    """Puts the known result in the place of the instruction."""
    name, kind, mode = "replaced", "u32", "alt"

    def __init__(self, facts, case):
        self.event, self.case = case.event, case
        self.result = ""
        if case.results:
            kind = case.results[0]
            self.result = f"var result: {kind} = {literal(facts.results[case.name], kind)}; return result;"

    def text(self):
        return (f"wasm:opcode:{self.event}:alt / fid == {self.case.fid} / "
                f"{{ report var replaced: u32; replaced++; drop_args(); {self.result} }}")

    def rows(self, facts):
        yield key_of(self, self.case, "replaced"), ("u32", 1)


class Script:
    def __init__(self, name, probes, keeps_everything=True):
        self.name, self.probes, self.keeps_everything = name, probes, keeps_everything

    def text(self):
        return "\n".join(probe.text() for probe in self.probes) + "\n"

    def rows(self, facts):
        return {key: value for probe in self.probes for key, value in probe.rows(facts)}


def literal(value, kind):
    return repr(float(value)) if kind[0] == "f" else str(value)


def internal(probe):
    """The name of the mode in reports."""
    is_block = probe.event in ("block", "loop", "if", "else", "try_table")
    is_branch = probe.event in ("br", "br_if", "br_table")
    if probe.mode == "at_target" or (probe.mode == "after" and is_block):
        return "semantic_after"
    return "block_alt" if probe.mode == "alt" and is_block else probe.mode


def trapped(facts, case):
    """The instruction gives a result that was never seen."""
    return bool(case.results) and case.results[0] is not None and case.name not in facts.results


def scripts_of_names(facts, without):
    """Script number k has name number k of each event; one more has all of them."""
    events = dict.fromkeys(case.event for case in facts.cases)
    scripts = []
    for mode in ("before", "after", "entry", "exit", "at_target"):
        lists = []
        for event in events:
            if mode in facts.modes(event) and event not in without:
                names = [name for name in facts.names(event, mode) if name.text not in without and name.kind not in without]
                lists.append([Probe(event, mode, name) for name in names])
        for number in range(max(map(len, lists), default=0)):
            scripts.append(Script(f"{mode}-{number}", [probes[number] for probes in lists if number < len(probes)]))
    return scripts + [Script("together", [probe for script in scripts for probe in script.probes])]


def counter_script(facts):
    events = dict.fromkeys(case.event for case in facts.cases)
    return Script("counts", [Counter(event, mode) for event in events for mode in facts.modes(event) if mode != "alt"])


def alt_script(facts, without):
    cases = [case for case in facts.cases if facts.is_plain(case.name) and case.event not in without]
    good = [case for case in cases if not case.results or math.isfinite(facts.results.get(case.name, math.nan))]
    return Script("alt", [Replacement(facts, case) for case in good], keeps_everything=False)


def assignment_scripts(facts, without):
    """Script number k writes operand or result number k of each event back."""
    lists = []
    for event in dict.fromkeys(case.event for case in facts.cases):
        if event not in without:
            modes = [mode for mode in ("before", "after") if mode in facts.modes(event)]
            names = {(n.text, n.kind): n for mode in modes for n in facts.names(event, mode)}
            lists.append([Assignment(event, n) for n in names.values() if n.text[:3] in ("arg", "res") and n.text[3:].isdigit()])
    return [Script(f"assign-{k}", [list_[k] for list_ in lists if k < len(list_)]) for k in range(max(map(len, lists)))]
