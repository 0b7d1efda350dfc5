"""What is kept: tables, the connection pool, queries."""
