"""The names of the values that an internal audit (QT-HT-02) enters, in one place."""

AUDIT = "QT-HT-02"
YEAR, UNITS, PROCEDURES, CRITERIA = (
    "năm đánh giá",
    "đơn vị được đánh giá",
    "quy trình được đánh giá",
    "chuẩn mực đánh giá",
)
WHEN, LEAD, TEAM, SAMPLE = "thời gian đánh giá", "trưởng đoàn", "đoàn đánh giá", "mẫu hồ sơ"
CLAUSES, STRENGTHS, FOUND = "kết quả theo điều khoản", "điểm mạnh", "phát hiện"
#: The roles of the audit procedure whose holders are the pool of auditors.
LEADING, AUDITING = "trưởng đoàn đánh giá", "đánh giá viên"
