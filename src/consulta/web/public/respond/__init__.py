"""The stakeholder's side: respond, drafts, receipt, confirm, change, withdraw, appeal, follow."""
