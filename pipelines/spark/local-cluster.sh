#!/usr/bin/env bash
# A small standalone cluster on one machine: a master and N workers, from an installed pyspark.
#
#   local-cluster.sh start DIR [WORKERS] [CORES] [PORT]   prints the master's address
#   local-cluster.sh stop DIR
#
# DIR holds logs, pids and the workers' scratch. PYTHON names the Python that has pyspark (default python3).
set -euo pipefail
action=${1:?start or stop}; dir=${2:?a folder}
python=${PYTHON:-python3}
if [ "$action" = stop ]; then
  for file in "$dir"/*.pid; do
    [ -e "$file" ] || continue
    kill "$(cat "$file")" 2>/dev/null || true
    rm -f "$file"
  done
  exit 0
fi
workers=${3:-2}; cores=${4:-1}; port=${5:-7077}
mkdir -p "$dir"
SPARK_HOME=$("$python" -c 'import pyspark, os; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=${PYSPARK_PYTHON:-$(command -v "$python")}
start() { # name, class, arguments
  local name=$1; shift
  setsid "$SPARK_HOME/bin/spark-class" "$@" > "$dir/$name.log" 2>&1 < /dev/null &
  echo $! > "$dir/$name.pid"
}
start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port $((port + 1))
for _ in $(seq 60); do grep -q 'Starting Spark master' "$dir/master.log" 2>/dev/null && break; sleep 0.5; done
# A host a worker, as on machines of their own: Spark runs no second copy of a task on the host of the first.
for number in $(seq "$workers"); do
  SPARK_LOCAL_IP=127.0.0.$number start "worker-$number" org.apache.spark.deploy.worker.Worker --host "127.0.0.$number" --cores "$cores" --memory 1g \
    --webui-port $((port + 1 + number)) --work-dir "$dir/work-$number" "spark://127.0.0.1:$port"
done
for number in $(seq "$workers"); do
  for _ in $(seq 60); do grep -q 'Successfully registered' "$dir/worker-$number.log" 2>/dev/null && break; sleep 0.5; done
done
echo "spark://127.0.0.1:$port"
