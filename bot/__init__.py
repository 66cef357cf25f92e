"""SmartMed's Tier 1 support assistant."""
