public import Hummingbird
import Commands
import Foundation
import Logging
import Postgres
public import Primitives

/// The HTTP service: the endpoints under `/api/v1`, the pages, the FHIR interface, and what operators and clients need to know about them.
public struct WebServer: Sendable {
    public let table: EndpointTable
    private let environment: ServiceEnvironment
    private let responder: ServiceResponder

    /// - Throws: when an endpoint cannot be described, or two stand at the same place.
    public init(
        endpoints: [Endpoint], pages: [PageEndpoint] = [], interactions: [FHIRInteraction] = [], environment: ServiceEnvironment
    ) throws {
        self.environment = environment
        table = try EndpointTable(
            endpoints, ofSignIn: environment.signInRefusals, ofCommands: CommandsRefusalCode.allCases)
        let metrics = RequestMetrics()
        var routes = RouteTable()
        for operation in table.operations {
            let endpoint = operation.endpoint
            let path = PathTemplate(segments: [.literal("api"), .literal("v1")] + endpoint.path.segments)
            try routes.add(.endpoint(operation), method: endpoint.method.rawValue, path: path)
        }
        for page in pages { try routes.add(.page(page), method: "GET", path: page.path) }
        for interaction in interactions {
            try routes.add(.interaction(interaction), method: interaction.method.rawValue, path: interaction.path)
        }
        for (name, path, answer) in try Self.services(table, environment, metrics) {
            try routes.add(.service(name, answer), method: "GET", path: path)
        }
        let handling = RequestHandling(environment: environment, table: table, routes: routes)
        responder = ServiceResponder(handling: handling, metrics: metrics)
    }

    /// The OpenAPI document of the endpoints.
    public var openAPI: JSONValue { OpenAPIDocument(table: table, version: environment.version).json }

    /// The server as Hummingbird runs it.
    ///
    /// - Parameters:
    ///   - port: 0 takes any free port.
    ///   - onListening: is told the port once connections are taken.
    public func makeApplication(
        host: String = "127.0.0.1", port: Int, onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> Application<ServiceResponder> {
        Application(
            responder: responder, server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "lianyao"),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: environment.logger)
    }

    /// Serves until the surrounding task is cancelled or its service group shuts down.
    public func run(
        host: String = "127.0.0.1", port: Int, onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) async throws {
        try await makeApplication(host: host, port: port, onListening: onListening).run()
    }

    private typealias Service = (name: String, path: PathTemplate, answer: @Sendable () async throws -> Reply)

    private static func services(
        _ table: EndpointTable, _ environment: ServiceEnvironment, _ metrics: RequestMetrics
    ) throws -> [Service] {
        let document = OpenAPIDocument(table: table, version: environment.version).json.text()
        let documentation = try DocumentationPage(table: table, version: environment.version).html
        return [
            ("service.openapi", "/api/v1/openapi.json", { .json(StoredAnswer(status: 200, json: document)) }),
            ("service.documentation", "/api/docs", { .html(documentation) }),
            ("service.alive", "/healthz", { .json(["status": "alive"]) }),
            (
                "service.ready", "/readyz",
                {
                    let isReady = (try? await environment.isReady(environment.database)) ?? false
                    return .json(StoredAnswer(status: isReady ? 200 : 503, json: "{\"ready\":\(isReady)}"))
                }
            ),
            (
                "service.metrics", "/metrics",
                {
                    Reply(
                        status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8",
                        body: metrics.text(database: environment.database.metrics, more: environment.moreMetrics()))
                }
            ),
        ]
    }
}
