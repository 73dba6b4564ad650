"""What was acquired with a grant: 取得財産等管理台帳, 処分制限期間 and 財産処分. It outlives the file."""
