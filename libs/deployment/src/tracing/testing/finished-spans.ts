import type { Tracer } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';

/** What was traced in this process, kept in memory. One a test file. */
export class FinishedSpans {
  readonly tracer: Tracer;
  readonly #exporter = new InMemorySpanExporter();

  constructor() {
    const provider = new NodeTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(this.#exporter)],
    });
    provider.register();
    this.tracer = provider.getTracer('test');
  }

  get all(): readonly ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  named(name: string): readonly ReadableSpan[] {
    return this.all.filter((span) => span.name === name);
  }

  /** The names from a step up to the request that it follows from. */
  ancestry(span: ReadableSpan | undefined): readonly string[] {
    if (!span) return [];
    const parent = this.all.find(
      (other) => other.spanContext().spanId === span.parentSpanContext?.spanId,
    );
    return [span.name, ...this.ancestry(parent)];
  }

  forget(): void {
    this.#exporter.reset();
  }
}
