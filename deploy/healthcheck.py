"""Health of the web container: asks the own process for /healthz under a host name that the settings allow."""

import os
import urllib.request

HOST = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")

with urllib.request.urlopen(
    urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": HOST}), timeout=3
) as answer:
    answer.read()
