"""Services that more than one type belongs to, or that a diagram treats in a way of their own."""

from __future__ import annotations

from typing import Final

from ascent.catalog.known import Family, Service

RECORDS: Final = Service("Route 53", Family.EDGE)
CDN: Final = Service("CloudFront", Family.EDGE)
WAF: Final = Service("AWS WAF", Family.EDGE)
API: Final = Service("API Gateway", Family.EDGE)
BALANCER: Final = Service("Load balancer", Family.NETWORK)
NAT: Final = Service("NAT gateway", Family.NETWORK)
ENDPOINTS: Final = Service("VPC endpoint", Family.NETWORK)
GATEWAY: Final = Service("Internet gateway", Family.NETWORK)
KEYS: Final = Service("KMS key", Family.SECURITY)
SECRETS: Final = Service("Secrets Manager", Family.SECURITY, used=True)
BUCKETS: Final = Service("S3 bucket", Family.DATA, used=True)
ALARMS: Final = Service("CloudWatch alarm", Family.WATCH)
CHAT: Final = Service("Chat channel", Family.WATCH)
BUDGETS: Final = Service("Budget", Family.WATCH)
ANOMALIES: Final = Service("Cost anomaly detection", Family.WATCH)
BACKUPS: Final = Service("AWS Backup", Family.DATA)
DATABASE: Final = Service("RDS database", Family.DATA, used=True)
CACHE: Final = Service("ElastiCache", Family.DATA, used=True)
ECS: Final = Service("ECS service", Family.COMPUTE)
GROUP: Final = Service("Auto Scaling group", Family.COMPUTE)
VECTORS: Final = Service("S3 Vectors", Family.DATA, used=True)
