"""The real file, or in `make test` one of 2,000 rows with the same mess."""

import os
import subprocess
import sys
from pathlib import Path

from carmanana.records.customers import Customer, CustomerPhone
from carmanana.records.deals import Deal

from ..soaking import SOAK
from .importing_files import sales_file

ROOT = Path(__file__).resolve().parents[2]


def peak_of(process_id: int) -> int:
    """The most memory it has held, in kB; a child's own account begins with its parent's."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def test_the_real_file_comes_in_whole(cast, db, settings, tmp_path):
    """By `flask import` alone: all won, clean, owned by nobody, phones as typed, in time and in memory."""
    path, rows = sales_file(tmp_path, None if SOAK else 2000)
    db.close()
    environment = os.environ | {"CARMANANA_DATA": str(settings.data), "CARMANANA_ENV": "test"}
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "import", str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    said, peak = "", 0
    for line in process.stdout:
        said, peak = said + line, max(peak, peak_of(process.pid))
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0 and f"{rows:,} deals, {rows:,} new customers, 0 known, 0 rows refused." in said
    assert not SOAK or used.ru_utime + used.ru_stime < 30
    assert peak < 300 * 1024
    db.connect(reuse_if_open=True)
    assert (
        Deal.select().where(Deal.state == "won", Deal.owner.is_null(), Deal.delivered_on == Deal.agreement_on).count()
        == rows
    )
    assert Deal.select().where(Deal.value_cents > 0, Deal.vehicle_make != "", Deal.vehicle_model != "").count() == rows
    assert CustomerPhone.select().where(CustomerPhone.e164.is_null()).count() == rows
    assert Customer.select().where(Customer.name == "None").exists()
    assert not Deal.select().where(Deal.details.contains("Â") | Deal.details.contains("\xa0")).exists()
    assert Deal.select().where(Deal.details.contains("Engine: Double Overhead Camshaft")).exists()
    first = Deal.get(Deal.external_id == "C_CND_000001")
    assert (
        first.state_since.year in (2022, 2023)
        and first.customer.phone.typed.isdigit()
        and len(first.customer.phone.typed) == 7
    )
