"""Figures in other people's pages: as a frame, as a picture, as an oEmbed answer."""
