export interface DemoResident {
  readonly id: string
}
export const demoResidents: readonly DemoResident[] = []
export const demoResident = (n: number): DemoResident | undefined => demoResidents[n]
