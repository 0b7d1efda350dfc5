"""What Pulumi's engine writes: previews and states, read as plans."""
