#!/usr/bin/env bash
# Writes docs/settings.md from what the published executables say of their settings.
set -euo pipefail
cd "$(dirname "$0")/.."
{
  printf '# Settings\n\n'
  printf 'Environment variables, or lines of a `.env` file in the working directory; the environment wins. An empty value counts as\n'
  printf 'unset. This page is made by `build/settings-page.sh` from the executables; `config show` lists the values in force.\n'
  for executable in AllInOne/pyairtable Gateway/pyairtable-gateway Platform/pyairtable-platform Automation/pyairtable-automation Mcp/pyairtable-mcp; do
    printf '\n'
    "artifacts/publish/$executable" config reference
  done
} >docs/settings.md
