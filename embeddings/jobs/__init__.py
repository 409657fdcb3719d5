"""Heavy work in worker processes: a cluster, the tasks it runs, and the jobs that readers wait for."""
