"""docker compose, checked by structure: no engine runs in the tests, so nothing here has been started."""

import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.database import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SETTINGS = "".join(path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py"))


def test_all_parts_of_the_portal_are_there():
    assert set(SERVICES) == {"postgres", "redis", "nginx", *OURS}
    assert SERVICES["postgres"]["image"].startswith("postgres:16")


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_neither_root_nor_privileged(name: str):
    service = SERVICES[name]
    assert str(service["user"]).partition(":")[0] not in {"root", "0", ""}
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))


@pytest.mark.parametrize("name", SERVICES)
def test_service_has_a_health_check_unless_it_ends_by_itself(name: str):
    assert ("healthcheck" in SERVICES[name]) is (name != "migrate")


@pytest.mark.parametrize("name", SERVICES)
def test_service_waits_for_what_it_needs(name: str):
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        done = "service_completed_successfully" if needed == "migrate" else "service_healthy"
        assert how["condition"] == done


def test_image_ends_as_an_ordinary_user_and_holds_no_secret():
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["hiroba"]
    assert "--uid 10001" in DOCKERFILE
    assert {SERVICES[name]["user"] for name in OURS} == {"10001"}
    assert not re.search(r"^(ARG|ENV).*(SECRET|PASSWORD)", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE


def test_image_copies_what_exists_and_every_app():
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE)
    assert all((ROOT / path).exists() for path in copied)
    apps = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/apps.py")} | {"portal"}
    assert apps <= set(copied)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert all(f"!{path}" in ignored for path in copied)


def test_environment_names_are_read_by_the_settings():
    for name in OURS:
        for variable in SERVICES[name]["environment"]:
            assert variable == "DJANGO_SETTINGS_MODULE" or f'"{variable}"' in SETTINGS, variable


def test_required_settings_are_all_given():
    required = set(re.findall(r'required\([^"\n]*"([A-Z_]+)"\)', SETTINGS)) | {
        "DATABASE_URL", "WORKER_DATABASE_URL", "OWNER_DATABASE_URL", "EMAIL_URL",
    }  # fmt: skip
    for name in OURS:
        assert required <= set(SERVICES[name]["environment"])
        assert SERVICES[name]["environment"]["DJANGO_SETTINGS_MODULE"] == "portal.settings.base"
        assert "DEMO" not in SERVICES[name]["environment"]


def test_secrets_come_from_the_environment_and_the_example_names_them_all():
    text = (ROOT / "docker-compose.yml").read_text()
    variables = set(re.findall(r"\$\{([A-Z_]+)", text))
    example = (ROOT / "deploy" / "env.example").read_text()
    assert variables == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "WEB_PASSWORD", "WORKER_PASSWORD"):
        assert re.search(rf"^{secret}=$", example, re.MULTILINE)
        assert f"${{{secret}:?}}" in text  # a missing one stops the start


@pytest.mark.parametrize(("name", "kind"), [("web", "web"), ("worker", "worker"), ("beat", "worker")])
def test_process_uses_the_role_made_for_it(name: str, kind: str):
    environment = SERVICES[name]["environment"]
    assert environment["PROCESS"] == kind
    for variable, role in (
        ("DATABASE_URL", "web"),
        ("WORKER_DATABASE_URL", "worker"),
        ("OWNER_DATABASE_URL", "owner"),
    ):
        assert environment[variable].startswith(f"postgres://hiroba_{role}:${{{role.upper()}_PASSWORD")


def test_commands_exist():
    commands = {path.stem for path in ROOT.glob("**/management/commands/*.py") if ".venv" not in path.parts}
    steps = re.search(r"for step in ([a-z_ ]+);", SERVICES["migrate"]["command"][-1])
    assert steps
    assert set(steps[1].split()) <= commands | {"migrate"}
    programs = {SERVICES[name]["command"][0] for name in ("worker", "beat")} | {"gunicorn"}
    assert all(Path(sys.executable).with_name(program).exists() for program in programs)
    assert '"portal.wsgi"' in DOCKERFILE


def test_mounted_files_exist_and_named_volumes_are_declared():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            if source.startswith("./"):
                assert (ROOT / source).is_file(), source
            elif not source.startswith("$"):
                assert source in COMPOSE["volumes"], source


def test_only_nginx_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-Proto https;" in conf
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in conf  # replaces what a client pretends
    assert conf.count("{") == conf.count("}")


def test_database_script_makes_the_same_roles_as_the_demo():
    script = ROOT / "deploy" / "postgres" / "10-hiroba.sh"
    assert script.stat().st_mode & stat.S_IXUSR
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    text = script.read_text()
    mounted = " ".join(SERVICES["postgres"]["volumes"])
    for name in ("roles.sql", "database.sql"):
        assert f"/opt/hiroba/{name}" in text
        assert f"./deploy/postgres/{name}:/opt/hiroba/{name}:ro" in mounted
    for variable in ("OWNER_PASSWORD", "WEB_PASSWORD", "WORKER_PASSWORD"):
        assert f"${variable}" in text
        assert variable in SERVICES["postgres"]["environment"]


def test_nginx_configuration_has_its_blocks_and_sends_everybody_to_https():
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    for block in ("events", "http", "upstream portal", "server", "location /"):
        assert re.search(rf"^\s*{re.escape(block)} {{", conf, re.MULTILINE), block
    assert "return 308 https://$host$request_uri;" in conf
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in conf
