"""What files of a repository say: each kind of file is read as what it is, and held against the project.

Text counts where it says something of its own; names, links, settings and commands in it count where they exist.
"""
