"""What a command is asked about, however it is named: stacks of this project, files of the engine, other projects."""
