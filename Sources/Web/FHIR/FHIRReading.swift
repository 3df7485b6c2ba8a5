import FHIR
import Foundation
import Primitives

extension RequestHandling {
    /// Reads a request of the FHIR interface.
    func call(
        _ interaction: FHIRInteraction, _ values: [String: String], _ line: RequestLine, _ principal: Principal?,
        _ requestID: UUID, _ readBody: ReadBody
    ) async throws -> FHIRCall {
        var pairs = try line.queryPairs()
        var body = JSONValue.object([])
        switch interaction.body {
        case .none: break
        case .resource: body = try await json(line, readBody, mediaTypes: [Reply.mediaTypeOfFHIR, "application/json"])
        case .form:
            let bytes = try await bytes(line, readBody, mediaTypes: ["application/x-www-form-urlencoded"])
            pairs += try RequestLine.pairs(of: String(decoding: bytes, as: UTF8.self))
        }
        let ifNoneExist = line.headers["if-none-exist"]
        let parameters = Parameters(path: values, query: ifNoneExist.map { ["If-None-Exist": $0] } ?? [:])
        return FHIRCall(
            exchange: Exchange(
                environment: environment, principal: principal, bearerToken: line.bearerToken ?? "", parameters: parameters,
                body: body, reading: BodyReading(schema: .object(ObjectSchema()), components: [:]), requestID: requestID,
                now: environment.time.now),
            pairs: pairs.map { SearchQuery.Pair($0.name, $0.value) }, isStrict: line.isStrict, ifNoneExist: ifNoneExist,
            isRepeatable: try line.requestID() != nil, base: base(line))
    }

    /// As configured, else as the caller named it.
    private func base(_ line: RequestLine) -> String {
        (environment.publicURL ?? "http://\(line.host ?? "localhost")") + FHIRInteraction.root
    }
}

extension RequestLine {
    /// `Prefer: handling=strict`.
    fileprivate var isStrict: Bool {
        (headers["prefer"] ?? "").split { ",; ".contains($0) }.contains { $0.lowercased() == "handling=strict" }
    }
}
