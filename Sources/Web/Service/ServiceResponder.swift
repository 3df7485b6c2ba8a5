public import Hummingbird
import Foundation
import Logging
import Primitives

/// The bridge between Hummingbird and the service: reads a request's parts, writes the answer, logs one line and counts.
public struct ServiceResponder: HTTPResponder {
    public typealias Context = BasicRequestContext

    let handling: RequestHandling
    let metrics: RequestMetrics

    public func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let startedAt = ContinuousClock.now
        let line = RequestLine(
            method: request.method.rawValue, target: request.head.path ?? "/",
            headers: request.headers.map { ($0.name.canonicalName, $0.value) }, host: request.head.authority)
        let requestID = (try? line.requestID()) ?? UUID.version7(at: handling.environment.time.now)
        let (reply, outcome) = await handling.answer(line, requestID: requestID) { try await Self.body(of: request, upTo: $0) }
        let duration = ContinuousClock.now - startedAt
        metrics.record(outcome.operation, status: reply.status, took: duration)
        log(line, reply, outcome, requestID, duration)
        let response = Self.response(reply, requestID: requestID)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private static func body(of request: Request, upTo bytesMax: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= bytesMax else {
                throw HTTPRefusal(.bodyTooLarge, "at most \(bytesMax) bytes are taken")
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    /// Headers of every answer. Pages carry their style inside and load nothing from elsewhere.
    private static let safety: [(name: String, value: String)] = [
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
        (
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
        ),
        ("Cache-Control", "no-store"),
    ]

    private static func response(_ reply: Reply, requestID: UUID) -> Response {
        var headers = HTTPFields()
        let own: [(name: String, value: String)] = [
            ("Content-Type", reply.contentType), ("Request-Id", requestID.uuidString.lowercased()),
        ]
        for (name, value) in safety + own + reply.headers {
            if let name = HTTPFields.Element.Name(name) { headers[name] = value }
        }
        return Response(
            status: HTTPResponse.Status(code: reply.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body)))
    }

    /// One line for each request: who did what, with which end; never a body, a query or a token.
    private func log(
        _ line: RequestLine, _ reply: Reply, _ outcome: RequestHandling.Outcome, _ requestID: UUID, _ duration: Duration
    ) {
        var metadata: Logger.Metadata = [
            "operation": "\(outcome.operation)", "method": "\(line.method)", "status": "\(reply.status)",
            "duration_ms": "\(duration.microseconds / 1_000)", "request_id": "\(requestID.uuidString.lowercased())",
        ]
        if let principal = outcome.principal {
            metadata["consortium"] = "\(principal.consortium)"
            metadata["person"] = "\(principal.person)"
        }
        if let problem = outcome.problem { metadata["code"] = "\(problem.code.rawValue)" }
        if let fault = outcome.problem?.fault { metadata["fault"] = "\(fault)" }
        handling.environment.logger.log(
            level: reply.status >= 500 ? .error : .info, reply.status >= 500 ? "request failed" : "request", metadata: metadata)
    }
}
