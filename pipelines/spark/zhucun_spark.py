#!/usr/bin/env python3
"""A province or a country by county on Apache Spark: standalone, YARN or Kubernetes.

    spark-submit --master spark://host:7077 --py-files pipelines/local/county_task.py \\
        pipelines/spark/zhucun_spark.py --inbox DIR --state DIR --output DIR --key FILE [--parquet DIR] [...]

--inbox, --state, --output and --key lie where every worker sees them under one path (NFS, CephFS, a volume); `zhucun`
and its data are installed on every worker. A county is a task, the largest first. Pass 1 runs every county, the driver
merges (`zhucun province`), pass 2 runs every county with what comes back, and so on while anything that comes back
changes: what is paid is final after pass 2. A task commits its county's folder whole (county_task.py), so a worker that
dies costs only the counties it had in hand, and speculation (--conf spark.speculation=true) changes nothing.

A county whose run ends with 2 is put into quarantine (STATE/quarantine/CODE/reason.txt) and the others go on.
With --parquet the lines, findings and coverage are written as Parquet with the types of `datapackage.json`, partitioned
by period and county. Exit: 0 nothing held, 1 findings stand or counties are in quarantine, 2 not merged.
"""
import argparse
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "local"))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ["inbox", "state", "output", "key"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--parquet", help="folder of Parquet tables; none without it")
    parser.add_argument("--zhucun", default="zhucun", help="the program on driver and workers")
    for name in ["pipeline", "policy", "as-of", "received"]:
        parser.add_argument("--" + name)
    parser.add_argument("--jobs", default="1", help="threads of a task; as spark.task.cpus")
    parser.add_argument("--counties", help="codes, comma-separated; else every county's folder of the inbox")
    parser.add_argument("--rounds", type=int, default=5, help="passes at most")
    return parser.parse_args()


def counties(inbox):
    """Counties of the inbox, the largest first."""
    sizes = {}
    for name in os.listdir(inbox):
        folder = os.path.join(inbox, name)
        if re.match(r"\d{6}", name) and os.path.isdir(folder):
            size = sum(os.path.getsize(os.path.join(root, file)) for root, _, files in os.walk(folder) for file in files)
            sizes[name[:6]] = sizes.get(name[:6], 0) + size
    return [code for code, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))]


def run_pass(spark, codes, asked, back):
    """Runs those counties; (code, exit, text) of each."""
    options = dict(
        state=asked.state, inbox=asked.inbox, key=asked.key, zhucun=asked.zhucun, back=back, pipeline=asked.pipeline,
        policy=asked.policy, as_of=asked.as_of, jobs=asked.jobs, received=asked.received)

    def task(code):
        import county_task

        exit_code, text = county_task.perform(county=code, **options)
        return code, exit_code, text

    # A partition a county: what a worker that dies had in hand is all that is done again.
    return spark.sparkContext.parallelize(codes, len(codes)).map(task).collect()


def merge(asked, codes):
    """Merges what every county handed over last; False, told on stderr, where that cannot be."""
    import county_task

    command = [asked.zhucun, "province"] + county_task.extracts(asked.state, codes)
    command += ["--expect", ",".join(sorted(codes)), "--output", asked.output]
    for flag, value in [("--pipeline", asked.pipeline), ("--policy", asked.policy)]:
        command += [flag, value] if value else []
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          preexec_fn=county_task.die_with_parent)
    sys.stderr.write(done.stderr.decode("utf-8", "replace"))
    return done.returncode == 0


def merge_known(asked, codes, good):
    """Merges with what counties in quarantine handed over before, as long as it fits: nobody else is paid for their days.

    Returns the counties that were merged; none where that cannot be.
    """
    import county_task

    known = county_task.known(asked.state, codes)
    if known and merge(asked, known):
        return known
    if not good or set(known) == set(good):
        return []
    sys.stderr.write("merged without %s (quarantine): the others do not know what they claim\n"
                     % ", ".join(sorted(set(codes) - set(good))))
    return good if merge(asked, good) else []


def changed(codes, back, before):
    """Counties of which something else comes back than the last time."""
    def differs(code):
        for name in sorted(os.listdir(back)):
            if "-for-%s." % code in name:
                old = os.path.join(before, name)
                if not os.path.exists(old) or not filecmp.cmp(os.path.join(back, name), old, shallow=False):
                    return True
        return False

    return [code for code in codes if differs(code)]


# MARK: Parquet


def spark_type(field):
    from pyspark.sql import types

    kind = field.get("type")
    if kind == "integer":
        return types.LongType()
    if kind == "number":
        # Money and days have two decimals at most: no binary fraction ever stands for them.
        return types.DecimalType(18, 2)
    if kind == "date":
        return types.DateType()
    if kind == "year":
        return types.IntegerType()
    return types.StringType()


TABLES = {
    "lines": re.compile(r"^(?P<period>\d{4}-\d{2})/(?P<county>\d{6})-[^/]*/finance/payments-[^/]*\.csv$"),
    "held": re.compile(r"^(?P<period>\d{4}-\d{2})/(?P<county>\d{6})-[^/]*/finance/held-[^/]*\.csv$"),
    "findings": re.compile(r"^(?P<period>\d{4}-\d{2})/(?P<county>\d{6})-[^/]*/findings\.csv$"),
    "coverage": re.compile(r"^(?P<period>\d{4})/province/training-coverage-\d{4}\.csv$"),
}


def resources(asked, codes):
    """(table, path, schema, period, county) of every CSV that a data package names."""
    found = []
    for code in sorted(codes):
        output = os.path.join(asked.state, code, "current", "output")
        with open(os.path.join(output, "datapackage.json"), encoding="utf-8") as file:
            package = json.load(file)
        for resource in package["resources"]:
            for table, pattern in TABLES.items():
                match = pattern.match(resource["path"])
                if match and match.groupdict().get("county", code) == code and table != "coverage":
                    found.append((table, os.path.join(output, resource["path"]), resource["schema"]["fields"],
                                  match["period"], code))
    coverage = [field("年度", "year")] + [field(name, kind) for name, kind in COVERAGE]
    for root, _, names in sorted(os.walk(asked.output)):
        for name in sorted(names):
            path = os.path.join(root, name)
            match = TABLES["coverage"].match(os.path.relpath(path, asked.output))
            if match:
                found.append(("coverage", path, coverage, match["period"], "province"))
    return found


def field(name, kind):
    return {"name": name, "type": kind}


# The province's table lies in no county's data package.
COVERAGE = [(name, "string") for name in ["层级", "代码", "名称"]] + [
    (name, "integer") for name in [
        "驻村干部数", "省级计划", "市级计划", "县级计划", "省级已训", "市级已训", "县级已训", "已训人数"]] + [
    ("覆盖率", "string")] + [(name, "integer") for name in ["未训人数", "薄弱村干部数", "薄弱村已训", "任前培训人数"]] + [
    ("状态", "string")]


def write_parquet(spark, asked, codes):
    """Each table whole: Spark commits a task's files when the job ends, and only then the old table gives way."""
    from pyspark.sql import functions, types

    groups = {}
    for table, path, fields, period, county in resources(asked, codes):
        columns = tuple((one["name"], one.get("type", "string")) for one in fields)
        groups.setdefault((table, columns), []).append((path, period, county))
    tables = {}
    for (table, columns), files in sorted(groups.items()):
        schema = types.StructType(
            [types.StructField(name, spark_type({"type": kind})) for name, kind in columns])
        partitions = spark.createDataFrame(
            [("file://" + path, period, county) for path, period, county in files], "path string, period string, county string")
        frame = spark.read.csv(
            ["file://" + path for path, _, _ in files], schema=schema, header=True, enforceSchema=True, quote='"', escape='"',
            multiLine=True, encoding="UTF-8", mode="FAILFAST", ignoreLeadingWhiteSpace=False)
        decoded = functions.udf(lambda name: __import__("urllib.parse").parse.unquote(name).replace("file:///", "file:////", 1)
                                if name.startswith("file:///") and not name.startswith("file:////")
                                else __import__("urllib.parse").parse.unquote(name))
        normal = functions.udf(lambda name: "/" + name.split(":", 1)[1].lstrip("/"))
        frame = frame.withColumn("path", normal(decoded(functions.input_file_name())))
        partitions = partitions.withColumn("path", normal(functions.col("path")))
        frame = frame.join(functions.broadcast(partitions), "path").drop("path")
        tables[table] = tables[table].unionByName(frame, allowMissingColumns=True) if table in tables else frame
    for table, frame in sorted(tables.items()):
        frame.repartition("period", "county").sortWithinPartitions(frame.columns[0]).write.mode("overwrite").partitionBy(
            "period", "county").parquet("file://" + os.path.join(os.path.abspath(asked.parquet), table))


def main():
    asked = arguments()
    for name in ["inbox", "state", "output", "key"]:
        setattr(asked, name, os.path.abspath(getattr(asked, name)))
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("zhucun").config(
        # A county whose folder cannot be written is no reason to give a worker up.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "1").getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    codes = asked.counties.split(",") if asked.counties else counties(asked.inbox)
    if not codes:
        sys.stderr.write("no county's folder in %s\n" % asked.inbox)
        return 2
    back = os.path.join(asked.output, "for-counties")
    ends, todo, quarantined = {}, codes, set()
    before = os.path.join(asked.state, ".back")
    shutil.rmtree(before, ignore_errors=True)
    for number in range(1, asked.rounds + 1):
        for code, exit_code, text in run_pass(spark, todo, asked, back if number > 1 else None):
            ends[code] = exit_code
            if exit_code == 2:
                quarantined.add(code)
                sys.stderr.write("%s: quarantine: %s\n" % (code, text.strip().splitlines()[-1] if text.strip() else ""))
        good = [code for code in codes if code not in quarantined]
        merged = merge_known(asked, codes, good)
        if not merged:
            return 2
        # Who is in quarantine is run again tomorrow.
        todo = changed([code for code in merged if code in good], back, before)
        print("pass %d: %d counties run, %d come back changed" % (number, len(ends), len(todo)))
        if not todo:
            break
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(back, before)
    if asked.parquet:
        write_parquet(spark, asked, good)
    spark.stop()
    return 1 if quarantined or any(ends.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
