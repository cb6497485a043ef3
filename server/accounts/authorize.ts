export {
  type AppDeps,
  demand,
  demandStepUp,
  requireActor,
  requireSession,
  type VisibleBloc,
  type VisibleDocument,
  visibleBloc,
  visibleDocument,
} from '../authorize.ts'
