"""How the processes of `pytest -n 2` share the tests: one drives the browser, one the pages, both then the core."""

from xdist.scheduler import LoadScopeScheduling

FOLDERS = ("browser", "app", "core")


class Sharing(LoadScopeScheduling):
    """All browser tests stay together, for they share a server; of the others a process gets one file at a time.

    Pages need a cluster of workers, so a process that has none goes on with the core before it helps with pages.
    """

    def _split_scope(self, nodeid):
        return "tests/browser" if _folder(nodeid) == "browser" else nodeid.split("::")[0]

    def _assign_work_unit(self, node):
        had = {_folder(scope) for scope in self.assigned_work[node]}
        given = min(self.workqueue, key=lambda scope: _preference(_folder(scope), had))
        self.workqueue.move_to_end(given, last=False)
        super()._assign_work_unit(node)


def _folder(name):
    return next((folder for folder in FOLDERS if f"tests/{folder}" in name), "core")


def _preference(folder, had):
    """What comes next is of the kind a process is at; then what no other needs to have begun."""
    if not had:
        return FOLDERS.index(folder)
    return folder not in had, folder != "core"
