export interface DemoStaff {
  readonly username: string
}
export const demoStaff: readonly DemoStaff[] = []
