"""Run by the Python that has Spark, which knows nothing of ours: `theirs.py PLAN ANSWERS`.

The plan names tables with their columns, and folders of Parquet files with queries to be asked of
each. The answers are the rows of every query and the seconds that all queries of a folder took.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

TYPES = {"VARCHAR": "STRING", "INTEGER": "INT", "BIGINT": "BIGINT", "BOOLEAN": "BOOLEAN"}

SETTINGS = {
    "spark.master": "local[*]",
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
    # A name in double quotes is a name, as the standard has it, and a month stays text.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}


def begun() -> SparkSession:
    builder = SparkSession.builder.appName("permits")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def show(spark: SparkSession, folder: Path, tables: dict[str, dict[str, str]]) -> None:
    """Each table of an export under its own name; one without files has no rows."""
    for name, columns in tables.items():
        files = folder / name
        if any(files.glob("*/*.parquet")):
            found = spark.read.parquet(str(files))
        else:
            shape = ", ".join(f"`{column}` {TYPES[kind]}" for column, kind in columns.items())
            found = spark.createDataFrame([], shape)
        found.createOrReplaceTempView(name)


def asked(spark: SparkSession, queries: list[str]) -> tuple[list[list[list[Any]]], float]:
    begins = time.perf_counter()
    answers = [[list(row) for row in spark.sql(query).collect()] for query in queries]
    return answers, time.perf_counter() - begins


def main(plan: Path, answers: Path) -> None:
    wanted = json.loads(plan.read_text(encoding="utf-8"))
    spark = begun()
    told = []
    for one in wanted["folders"]:
        show(spark, Path(one["folder"]), wanted["tables"])
        rows, seconds = asked(spark, one["queries"])
        told.append({"rows": rows, "seconds": seconds})
    found = {"version": spark.version, "folders": told}
    answers.write_text(json.dumps(found), encoding="utf-8")
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
