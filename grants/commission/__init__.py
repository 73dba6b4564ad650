"""Menu ④ モデル的な取組: theme, public call, questions, proposals, panel and its scores, result (workflows.md 'COMMISSION')."""
