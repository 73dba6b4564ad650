"""When money comes back: 交付決定の取消し through 決裁, 返還 with 納入通知, 加算金 and 延滞金, 戻入 or 歳入."""
