import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { schemas } from '../schemas/index.ts';
import { withMappings } from './discriminated.ts';

/** The API's own description, made when it is first asked for. */
export class OpenApiDocument {
  #make: (() => OpenAPIObject) | undefined;
  #made: OpenAPIObject | undefined;

  /** Which app to describe, and which of its modules belong to the API. */
  describes(app: NestFastifyApplication, modules: readonly (new () => unknown)[]): void {
    this.#make = () => {
      const config = new DocumentBuilder()
        .setTitle('Crier')
        .setDescription('Broadcasts to messenger subscribers: compose, choose, send, count.')
        .setVersion('1')
        .setOpenAPIVersion('3.1.0')
        .addBearerAuth()
        .build();
      const document = SwaggerModule.createDocument(app, config, {
        include: [...modules],
        operationIdFactory: (controller, method) =>
          `${controller.replace(/Controller$/, '')}_${method}`,
      });
      return {
        ...document,
        components: { ...document.components, schemas: withMappings(schemas) },
      };
    };
  }

  /** Undefined until an app was given. */
  get(): OpenAPIObject | undefined {
    this.#made ??= this.#make?.();
    return this.#made;
  }
}
