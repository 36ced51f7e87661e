from procman.figures.activity import flags_chart as flags_chart
from procman.figures.ages import ages_chart as ages_chart
from procman.figures.amendments import amendments_chart as amendments_chart
from procman.figures.changes import changes_chart as changes_chart
from procman.figures.chart import Chart as Chart
from procman.figures.coverage import coverage_chart as coverage_chart
from procman.figures.grid import duties_chart as duties_chart, matrix_chart as matrix_chart
from procman.figures.pairs import side_by_side_chart as side_by_side_chart
from procman.figures.save import save_chart as save_chart
from procman.figures.sets import intersections_chart as intersections_chart
from procman.figures.structure import (
    depth_chart as depth_chart,
    outline_chart as outline_chart,
    sizes_chart as sizes_chart,
)
