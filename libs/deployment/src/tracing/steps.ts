import { AppError, TRACE_HEADER } from '@crier/kernel';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type SpanKind,
  type Tracer,
} from '@opentelemetry/api';

/** One step of a trace: what is done, for whom it waits, and what may be told of it. */
export interface Step {
  readonly name: string;
  readonly kind: SpanKind;
  /** Neither names, addresses, texts nor tokens. */
  readonly attributes: Attributes;
}

/** Where a `traceparent` points to; nowhere if it is none. */
export const contextOf = (traceparent: string | undefined): Context =>
  traceparent === undefined
    ? ROOT_CONTEXT
    : propagation.extract(ROOT_CONTEXT, { [TRACE_HEADER]: traceparent });

/** The `traceparent` of a context, undefined where nothing is traced. */
export const traceparentOf = (at: Context): string | undefined => {
  const headers: Record<string, string> = {};
  propagation.inject(at, headers);
  return headers[TRACE_HEADER];
};

/** Traces begin with a request; what follows from none is not traced. */
export const isTraced = (at: Context): boolean => trace.getSpanContext(at) !== undefined;

export const begin = (tracer: Tracer, { name, kind, attributes }: Step, parent: Context): Span =>
  tracer.startSpan(name, { kind, attributes }, parent);

/** The code of an error, never its message: that may quote what it is about. */
export const markFailed = (span: Span, error: unknown): void => {
  const type = error instanceof AppError ? error.code : error instanceof Error ? error.name : '';
  span.setAttribute('error.type', type || 'unknown');
  span.setStatus({ code: SpanStatusCode.ERROR });
};

/** Does the work as a step below `parent`: whatever it sets in motion belongs to it. */
export const asStep = async <Result>(
  tracer: Tracer,
  step: Step,
  parent: Context,
  work: (span: Span) => Promise<Result>,
): Promise<Result> => {
  const span = begin(tracer, step, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => work(span));
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
};
