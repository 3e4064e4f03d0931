# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""api/openapi.yaml as a measure: every answer that a test gets is held against it."""

import copy
import json
import os
import re

import jsonschema
import yaml

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))
METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
TIME = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$")


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def close(schema):
    """Members that are not declared are refused, so that no answer holds more than is said."""
    if isinstance(schema, list):
        return [close(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    out = {name: close(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        out["additionalProperties"] = False
    return out


class Contract:
    def __init__(self):
        self.document = yaml.safe_load(read("api/openapi.yaml"))
        closed = copy.deepcopy(self.document)
        closed["components"]["schemas"] = close(closed["components"]["schemas"])
        self.resolver = jsonschema.RefResolver.from_schema(closed)
        self.formats = jsonschema.FormatChecker(formats=())
        self.formats.checks("date-time")(lambda text: bool(TIME.match(text)))
        self.seen = set()  # (method, path template, status)

    def follow(self, value):
        """What a $ref points to, or the value itself."""
        while isinstance(value, dict) and "$ref" in value:
            at = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                at = at[part.replace("~1", "/").replace("~0", "~")]
            value = at
        return value

    def operations(self):
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield method.upper(), path, item[method]

    def find(self, method, path):
        """Template and operation of a request; the one with the most fixed parts wins."""
        best = None
        for its_method, template, operation in self.operations():
            if its_method != ("GET" if method == "HEAD" else method):
                continue
            pattern = re.escape(template).replace(r"\{index\}", "{index}")
            pattern = re.sub(r"\\\{[a-z]+\\\}", "[^/]+", pattern).replace("{index}", ".+")
            if re.fullmatch(pattern, path.partition("?")[0]) is None:
                continue
            if best is None or template.count("{") < best[0].count("{"):
                best = (template, operation)
        return best

    def valid(self, schema, value):
        """Why the value is none of the schema, or an empty text."""
        validator = jsonschema.Draft202012Validator(
            schema, resolver=self.resolver, format_checker=self.formats)
        errors = [f"{error.json_path}: {error.message[:300]}"
                  for error in validator.iter_errors(value)]
        return "; ".join(errors)

    def check(self, method, path, status, headers, body):
        """Raises where the answer is none that the page declares for the request."""
        what = f"{method} {path} -> {status} {body[:400]!r}"
        found = self.find(method, path)
        if found is None:
            if status not in (404, 405) and status < 500:
                raise AssertionError(f"{what}: not in openapi.yaml, and answered")
            declared = self.document["components"]["responses"]["Problem"]
        else:
            template, operation = found
            self.seen.add((method, template, status))
            responses = operation["responses"]
            declared = responses.get(str(status))
            if declared is None and status >= 400:
                declared = responses.get("default")
            if declared is None:
                raise AssertionError(f"{what}: a status that is not declared")
            declared = self.follow(declared)
        content = declared.get("content")
        if content is None or method == "HEAD":
            if body:
                raise AssertionError(f"{what}: a body, expected none")
            return
        media = headers.get("content-type", "").partition(";")[0].strip()
        if media not in content:
            raise AssertionError(f"{what}: media type {media!r}, expected one of {list(content)}")
        self.check_problem(what, status, media, body)
        schema = content[media].get("schema")
        if schema is None:
            return
        value = json.loads(body) if media.endswith("json") else body.decode()
        wrong = self.valid(self.closed(schema), value)
        if wrong:
            raise AssertionError(f"{what}: {wrong}")

    def closed(self, schema):
        return schema if "$ref" in schema else close(schema)

    def check_problem(self, what, status, media, body):
        if (status >= 400) != (media == "application/problem+json"):
            raise AssertionError(f"{what}: {media}")
        if status >= 400 and json.loads(body)["status"] != status:
            raise AssertionError(f"{what}: another status in the body")


CONTRACT = Contract()
