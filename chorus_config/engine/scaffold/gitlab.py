"""The pipeline of a new project for GitLab: `.gitlab-ci.yml`, the job of ci/chorus-config.gitlab-ci.yml in it."""

from __future__ import annotations

from typing import Final

from chorus_config.engine.scaffold.comments import comment
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.scaffold import Origin

PATH: Final = ".gitlab-ci.yml"
_NOWHERE: Final = Origin("ADRESSE-GIT-DE-CHORUS-CONFIG", "0" * 40)
_IMAGE: Final = "python:3.12.11-bookworm@sha256:13c9584604a99ca134c4f41800f74ffc64ee6ac8cf555cf1e704a6087fc84f12"
_JOB: Final = r"""
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  before_script:
    - |
      unset PYTHONPATH PYTHONHOME
      CHORUS_CONFIG_PYTHON="$(mktemp -d)/bin/python"
      python3 -I -m venv "${CHORUS_CONFIG_PYTHON%/bin/python}"
      "$CHORUS_CONFIG_PYTHON" -I -m pip install --quiet --disable-pip-version-check --no-input "$CHORUS_CONFIG_PACKAGE"
  script:
    - |
      validate=0
      "$CHORUS_CONFIG_PYTHON" -I -X utf8 -m chorus_config validate --format text \
        --format "gitlab:$CI_PROJECT_DIR/gl-code-quality.json" --format "junit:$CI_PROJECT_DIR/junit.xml" \
        --format "markdown:$CI_PROJECT_DIR/constats.md" || validate=$?
      base="${CI_MERGE_REQUEST_DIFF_BASE_SHA:-${CI_COMMIT_BEFORE_SHA:-}}"
      diff=0
      if [ -n "$(printf '%s' "$base" | tr -d 0)" ]; then
        "$CHORUS_CONFIG_PYTHON" -I -X utf8 -m chorus_config diff --format text \
          --format "markdown:$CI_PROJECT_DIR/changements.md" -- "$base...HEAD" || diff=$?
      fi
      echo "chorus-config validate : $validate ; diff : $diff"
      if [ "$validate" -ne 0 ]; then exit "$validate"; fi
      exit "$diff"
  artifacts:
    when: always
    expire_in: 30 days
    paths:
      - constats.md
      - changements.md
    reports:
      codequality: gl-code-quality.json
      junit: junit.xml
"""


def gitlab_text(origin: Origin | None, say: Translator) -> str:
    """Return the text of the pipeline."""
    from_where = origin or _NOWHERE
    head = _(
        "What pip installs is to be changed: the git address of chorus-config, and the whole commit of it that you have read."
    )
    shared = _(
        "Whoever writes the sheets can change this file, too: to prevent it, keep the file in another project, and name that "
        "in Settings > CI/CD > General pipelines > CI/CD configuration file (file@group/project)."
    )
    lines = [
        *([] if origin is not None else comment(say(head))),
        *comment(say(shared)),
        "chorus-config:",
        "  stage: test",
        *comment(say(_("Not the « slim » image: diff needs git.")), 2),
        f"  image: {_IMAGE}",
        "  variables:",
        '    GIT_DEPTH: "0"',
        '    CHORUS_CONFIG_DIRECTORY: "."',
        f'    CHORUS_CONFIG_PACKAGE: "git+{from_where.url}@{from_where.commit}"',
    ]
    return "".join(f"{line}\n" for line in lines) + _JOB.removeprefix("\n")
