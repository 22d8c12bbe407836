import { type DivisionLevel, type Feature, gridApi } from '@tongmai/api/network/grid'
import { useMemo } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import type { Divisions } from '../../ui/geo.ts'

/** The shapes of the region's divisions of one level; undefined while they load and where there are none. */
export function useRegion(level: DivisionLevel): {
  divisions: Divisions | undefined
  features: readonly Feature[]
} {
  const read = useRead(gridApi.readMap, { query: { level } }, { live: ['network.divisions-imported'] })
  return useMemo(() => {
    const features = read.data?.features ?? []
    const divisions: Divisions | undefined =
      features.length > 0 ? { type: 'FeatureCollection', features } : undefined
    return { divisions, features }
  }, [read.data])
}

/** The same for a page of a later module that only draws the land. */
export const useRegionDivisions = (level: DivisionLevel): Divisions | undefined => useRegion(level).divisions
