import Primitives
public import Testing

/// Expects `body` to be refused with `code`, and at `field` when one is told.
public func expectRefusal<Value>(
    _ code: String, field: String? = nil, sourceLocation: SourceLocation = #_sourceLocation, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Value
) async {
    do {
        _ = try await body()
        Issue.record("not refused; expected \(code)", sourceLocation: sourceLocation)
    } catch let refusal as any Refusal {
        #expect(refusal.refusalCode.rawValue == code, "\(refusal)", sourceLocation: sourceLocation)
        if let field { #expect(refusal.field == field, "\(refusal)", sourceLocation: sourceLocation) }
    } catch {
        Issue.record("\(String(reflecting: error)); expected \(code)", sourceLocation: sourceLocation)
    }
}
