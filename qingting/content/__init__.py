"""What Qingting says and knows: authored, bilingual data. No code lives here."""
