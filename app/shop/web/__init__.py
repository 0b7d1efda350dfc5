"""The API: how requests are received, limited, and answered."""
