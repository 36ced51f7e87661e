from .activity import flags_chart as flags_chart
from .ages import ages_chart as ages_chart
from .alike import likeness_chart as likeness_chart
from .amendments import amendments_chart as amendments_chart
from .changes import changes_chart as changes_chart
from .chart import Chart as Chart
from .coverage import coverage_chart as coverage_chart
from .expected import duties_chart as duties_chart
from .maps import expected_chart as expected_chart, who_has_chart as who_has_chart
from .matrix import matrix_chart as matrix_chart
from .pairs import sections_chart as sections_chart, side_by_side_chart as side_by_side_chart
from .peers import (
    clusters_chart as clusters_chart,
    explained_chart as explained_chart,
    nearest_chart as nearest_chart,
)
from .save import save_chart as save_chart
from .share import share_chart as share_chart
from .sets import intersections_chart as intersections_chart
from .structure import (
    depth_chart as depth_chart,
    outline_chart as outline_chart,
    sizes_chart as sizes_chart,
)
from .timeline import timeline_chart as timeline_chart
