"""学生サポーター: registered students who help at files of every menu (workflows.md 'Grants')."""
