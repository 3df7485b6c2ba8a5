import Foundation
import Postgres
import Primitives

/// Answers requests, whichever server they come through: routes, checks, runs, and turns errors into problems.
struct RequestHandling: Sendable {
    let environment: ServiceEnvironment
    let table: EndpointTable
    let routes: RouteTable

    /// Reads the whole body, up to the given number of bytes.
    typealias ReadBody = @Sendable (_ bytesMax: Int) async throws -> [UInt8]

    /// What came of a request, for the log and the metrics.
    struct Outcome: Sendable {
        var operation = "unmatched"
        var principal: Principal?
        var problem: Problem?
    }

    func answer(_ line: RequestLine, requestID: UUID, readBody: @escaping ReadBody) async -> (Reply, Outcome) {
        var outcome = Outcome()
        var isPage = false
        do {
            guard line.byteCount <= environment.limits.headerBytesMax else {
                throw HTTPRefusal(.headersTooLarge, "at most \(environment.limits.headerBytesMax) bytes are taken")
            }
            let match = line.segments.map { routes.match(line.method, $0) } ?? .nothing
            switch match {
            case .nothing: throw HTTPRefusal(.notFound, "nothing stands at this path")
            case .wrongMethod(let allowed): throw WrongMethod(allowed: allowed)
            case .found(let route, let values):
                outcome.operation = route.operationID
                if case .page = route { isPage = true }
                if let roles = route.roles { outcome.principal = try await authenticate(line, as: roles) }
                let principal = outcome.principal
                let reply = try await within(environment.limits.requestTimeout) {
                    try await run(route, values, line, principal, requestID, readBody)
                }
                return (reply, outcome)
            }
        } catch {
            let problem = Problem(error)
            outcome.problem = problem
            if line.path.hasPrefix("\(FHIRInteraction.root)/") || line.path == FHIRInteraction.root {
                return (problem.outcome(), outcome)
            }
            return (isPage ? problem.page() : problem.reply(instance: line.path, requestID: requestID), outcome)
        }
    }

    private func authenticate(_ line: RequestLine, as roles: Set<Role>) async throws -> Principal {
        guard let token = line.bearerToken else {
            throw HTTPRefusal(.unauthenticated, "the header Authorization: Bearer is missing")
        }
        let principal = try await within(environment.limits.requestTimeout) { try await environment.authenticate(token) }
        guard roles.isEmpty || !roles.isDisjoint(with: principal.roles) else {
            let needed = roles.map(\.rawValue).sorted().joined(separator: ", ")
            throw HTTPRefusal(.forbiddenRole, "one of these roles is needed: \(needed)")
        }
        return principal
    }

    private func run(
        _ route: RouteTable.Route, _ values: [String: String], _ line: RequestLine, _ principal: Principal?, _ requestID: UUID,
        _ readBody: ReadBody
    ) async throws -> Reply {
        switch route {
        case .service(_, let answer): return try await answer()
        case .page(let page):
            let query = Dictionary(try line.queryPairs().map { ($0.name, $0.value) }) { first, _ in first }
            let call = PageCall(now: environment.time.now, query: query, parameters: Parameters(path: values))
            let tenant = try await page.tenant(environment.database, query)
            return .html(try await environment.database.read(as: tenant) { try page.render(call, $0) })
        case .interaction(let interaction):
            return try await interaction.handle(try await call(interaction, values, line, principal, requestID, readBody))
        case .endpoint(let operation):
            let endpoint = operation.endpoint
            let query = try line.query(for: endpoint.query)
            let parameters = Parameters(path: values, query: query, listed: Set(endpoint.query.map(\.name)))
            try parameters.check(endpoint.path)
            if endpoint.isCommand, try line.requestID() == nil {
                throw HTTPRefusal(.missingRequestID, "the header Request-Id is missing", field: "Request-Id")
            }
            let body = endpoint.isCommand || endpoint.takesBody ? try await json(line, readBody) : .object([])
            let reading = BodyReading(schema: operation.body ?? .object(ObjectSchema()), components: table.components)
            return try await endpoint.handle(
                Exchange(
                    environment: environment, principal: principal, bearerToken: line.bearerToken ?? "", parameters: parameters,
                    body: body, reading: reading, requestID: requestID, now: environment.time.now))
        }
    }

    /// The body as JSON; an empty object where there is none.
    func json(
        _ line: RequestLine, _ readBody: ReadBody, mediaTypes: [String] = ["application/json"]
    ) async throws -> JSONValue {
        let bytes = try await bytes(line, readBody, mediaTypes: mediaTypes)
        guard !bytes.isEmpty else { return .object([]) }
        do throws(JSONSyntaxError) { return try JSONValue(parsing: bytes) } catch {
            throw HTTPRefusal(.malformedJSON, error.description)
        }
    }

    /// - Throws: `http.body-too-large`; `http.unsupported-media-type` when there is a body of another kind.
    func bytes(_ line: RequestLine, _ readBody: ReadBody, mediaTypes: [String]) async throws -> [UInt8] {
        let bytesMax = environment.limits.bodyBytesMax
        if let length = line.headers["content-length"].flatMap({ Int($0) }), length > bytesMax {
            throw HTTPRefusal(.bodyTooLarge, "at most \(bytesMax) bytes are taken, not \(length)")
        }
        let bytes = try await readBody(bytesMax)
        guard bytes.isEmpty || mediaTypes.contains(line.mediaType ?? "") else {
            throw HTTPRefusal(.unsupportedMediaType, "Content-Type: \(mediaTypes[0]) is expected")
        }
        return bytes
    }

    /// Runs `body` for at most `limit`; then it is cancelled, and with it the query it waits for.
    private func within<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw RequestTimeout(limit: limit)
            }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}

extension Parameters {
    /// Reads each named place whose kind the path tells, before anything is done.
    ///
    /// - Throws: `http.bad-path-id`.
    func check(_ path: PathTemplate) throws(HTTPRefusal) {
        for (name, kind) in path.parameters {
            switch kind {
            case .number: _ = try integer(name)
            case .uuid: _ = try id(name) as DocumentID<Never>
            case .text: _ = try text(name)
            }
        }
    }
}

extension Problem {
    /// The problem as a page for a person.
    func page() -> Reply {
        let text = """
            <!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(status)</title><body style="font-family: sans-serif; margin: 3rem auto; max-width: 40rem">
            <h1>\(code.meaning.chinese)</h1><p lang="en">\(code.meaning.english)</p><p><code>\(code.rawValue)</code></p>
            <p><a href="/">返回首页 Home</a></p></body></html>
            """
        return Reply(status: status, contentType: "text/html; charset=utf-8", body: text, headers: headers)
    }
}
