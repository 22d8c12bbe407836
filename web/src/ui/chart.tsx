import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense, useState } from 'react'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

interface ChartProps {
  /** What it shows, in words: its heading and what a screen reader says. */
  readonly title: string
  /** ECharts' option; colours and fonts are ours already. Lines, bars, pies, scatter, Sankey, graph, heat map. */
  readonly option: EChartsCoreOption
  /** The same as numbers, for who cannot or will not see the picture. */
  readonly table: {
    readonly head: readonly string[]
    readonly rows: readonly (readonly (string | number)[])[]
  }
  readonly height?: number
  /** Opens what a mark counts. */
  readonly onOpen?: (name: string, series: string) => void
}

const Drawing = lazy(async () => ({ default: (await import('./chart-drawing.tsx')).ChartDrawing }))

/** A chart that is loaded when it is needed, and the same as a table. */
export function Chart({ title, option, table, height = 280, onOpen }: ChartProps) {
  const t = useWords(webWords)
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className="tm-chart">
      <figcaption>
        <b>{title}</b>
        <Button
          type="text"
          size="small"
          className="tm-no-print"
          icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
          aria-label={t(asTable ? 'chart.as-picture' : 'chart.as-table')}
          title={t(asTable ? 'chart.as-picture' : 'chart.as-table')}
          onClick={() => setAsTable(!asTable)}
        />
      </figcaption>
      {asTable ? (
        <div className="tm-chart-table" style={{ maxHeight: height }}>
          <Numbers title={title} table={table} />
        </div>
      ) : (
        <Suspense fallback={<div style={{ height }} />}>
          <Drawing title={title} option={option} height={height} {...(onOpen ? { onOpen } : {})} />
        </Suspense>
      )}
    </figure>
  )
}

function Numbers({ title, table }: Pick<ChartProps, 'title' | 'table'>) {
  return (
    <table className="tm-table" aria-label={title}>
      <thead>
        <tr>
          {table.head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={String(row[0])}>
            {row.map((value, i) => (
              <td key={table.head[i] ?? i} data-align={typeof value === 'number' ? 'right' : undefined}>
                {typeof value === 'number' ? value.toLocaleString('zh-CN') : value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
