import {
  BarChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  ScatterChart,
} from 'echarts/charts'
import {
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { type Brightness, useBrightness } from './theme.ts'

use([BarChart, GraphChart, HeatmapChart, LineChart, PieChart, SankeyChart, ScatterChart])
use([
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
])
use([TooltipComponent, VisualMapComponent, SVGRenderer])

interface ChartDrawingProps {
  readonly title: string
  readonly option: EChartsCoreOption
  readonly height: number
  readonly onOpen?: (name: string, series: string) => void
}

/** The picture of a chart; only `chart.tsx` loads it. */
export function ChartDrawing({ title, option, height, onOpen }: ChartDrawingProps) {
  const place = useRef<HTMLDivElement>(null)
  const brightness = useBrightness()
  useEffect(() => {
    if (!place.current) return
    const { fontFamily } = getComputedStyle(place.current)
    const chart = init(place.current, themeOf(brightness, fontFamily), { renderer: 'svg' })
    chart.setOption({ animationDuration: 200, ...option })
    chart.on('click', ({ name, seriesName }) => onOpen?.(name, seriesName ?? ''))
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(place.current)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [option, brightness, onOpen])
  return <div ref={place} role="img" aria-label={title} style={{ height }} />
}

/** The family by name: ECharts measures its words with it, and knows no `inherit`. */
function themeOf(brightness: Brightness, fontFamily: string): object {
  const dark = brightness === 'dark'
  const text = dark ? '#b9b3a8' : '#5b564d'
  const line = dark ? '#37342f' : '#e4e1da'
  const axis = {
    axisLine: { lineStyle: { color: dark ? '#4f4a43' : '#cfcac0' } },
    axisTick: { show: false },
    axisLabel: { color: text },
    splitLine: { lineStyle: { color: line } },
  }
  return {
    color: dark
      ? ['#2ba398', '#d9a05b', '#7fa3d1', '#b893c9', '#93b56b', '#d9847a', '#8d9aa0']
      : ['#0f766e', '#b7791f', '#3f6fa8', '#8a5a9e', '#5f7f35', '#b3554a', '#66737a'],
    backgroundColor: 'transparent',
    textStyle: { color: text, fontFamily },
    legend: { top: 0, right: 0, textStyle: { color: text }, icon: 'roundRect', itemWidth: 12, itemHeight: 8 },
    grid: { left: 8, right: 12, top: 36, bottom: 4, outerBoundsMode: 'same' },
    tooltip: {
      backgroundColor: dark ? '#2a2824' : '#ffffff',
      borderColor: line,
      textStyle: { color: dark ? '#ece9e2' : '#23211d', fontSize: 13 },
    },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: axis,
    line: { symbol: 'circle', symbolSize: 5, lineStyle: { width: 2 } },
    bar: { barMaxWidth: 28, itemStyle: { borderRadius: [2, 2, 0, 0] } },
  }
}
