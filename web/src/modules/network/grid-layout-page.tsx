import { type GridLayout, gridApi } from '@tongmai/api/network/grid'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { CoverageNote } from './coverage-note.tsx'
import { AddGrid } from './grid-form.tsx'
import { GridMap } from './grid-map.tsx'
import { paint } from './grid-paint.ts'
import { useRegion } from './use-region.ts'
import { networkWords } from './words.ts'

/** All grids of the region with the alliance responsible for each, and what is wrong with the layout. */
export function GridLayoutPage() {
  const t = useWords(networkWords)
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const read = useRead(gridApi.readGridLayout, {}, { live: ['network.grid-changed'] })
  const add = may('network.manage') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('grid.add')}
    </Button>
  )
  return (
    <Page title={t('grids')} hint={t('grids.hint')} actions={add}>
      <Loaded read={read} rows={10}>
        {(layout) => <Laid layout={layout} />}
      </Loaded>
      {adding && <AddGrid onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Laid({ layout }: { layout: GridLayout }) {
  const t = useWords(networkWords)
  const go = useGo()
  const { features } = useRegion('township')
  const { grids, units, gaps, overlaps } = layout
  const nameOf = (id: string) => grids.find((grid) => grid.id === id)?.name ?? ''
  const { laidOf } = paint(
    units.map((unit) => unit.code),
    grids,
  )
  const open = (code: string) => {
    const grid = grids.find((one) => one.divisions.includes(code))
    if (grid) go(`/grids/${grid.id}`)
  }
  return (
    <>
      <CoverageNote units={units} gaps={gaps} overlaps={overlaps} nameOf={nameOf} />
      {features.length > 0 && (
        <GridMap label={t('grids')} features={features} laidOf={laidOf} onDivision={open} height={420} />
      )}
      <Card title={t('grids')} flush>
        <Table
          label={t('grids')}
          rows={grids}
          keyOf={({ id }) => id}
          rowTo={({ id }) => `/grids/${id}`}
          keys
          columns={[
            { key: 'name', title: t('grid.name'), cell: (one) => <b>{one.name}</b> },
            { key: 'code', title: t('grid.code'), cell: (one) => one.code },
            { key: 'alliance', title: t('grid.alliance'), cell: (one) => one.allianceName },
            { key: 'lead', title: t('grid.lead'), cell: (one) => one.leadName ?? '—' },
            { key: 'units', title: t('grid.units'), align: 'right', cell: (one) => one.divisions.length },
            {
              key: 'people',
              title: t('grid.population'),
              align: 'right',
              cell: (one) => one.population.toLocaleString('zh-CN'),
            },
          ]}
        />
      </Card>
    </>
  )
}
