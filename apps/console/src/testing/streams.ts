/** A stream of server-sent events that a test writes. Opened again, it goes on with those who listen then. */
export const streamOf = () => {
  const encoder = new TextEncoder();
  let open: ReadableStreamDefaultController<Uint8Array>[] = [];
  return {
    response: () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          open.push(controller);
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
    send: (event: string, data: object) => {
      const frame = encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      for (const controller of open) controller.enqueue(frame);
    },
    end: () => {
      for (const controller of open) controller.close();
      open = [];
    },
  };
};
