"""Pages of tables brought in and lists taken out. They go from page to page: their own tests walk them in order."""

ELSEWHERE = {
    **dict.fromkeys(
        (
            "staff_community_import", "staff_event_import", "staff_import_columns", "staff_import_detail",
            "staff_import_headings", "staff_import_twins", "staff_import_undo",
        ),
        "test_import_pages",
    ),
    "staff_export_new": "test_exports",
}  # fmt: skip
READ_ELSEWHERE = {"staff_export_detail": "test_exports"}
FILES = {
    "staff_export_file": "csv or xlsx",
    "staff_import_faults": "csv",
    "staff_import_template": "csv or xlsx",
}
