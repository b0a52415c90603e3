PROSE = {}
