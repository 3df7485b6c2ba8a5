import Primitives
public import Testing

/// Expects `body` to be refused with `code`.
public func expectRefusal<Value>(
    _ code: String, sourceLocation: SourceLocation = #_sourceLocation, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Value
) async {
    do {
        _ = try await body()
        Issue.record("not refused; expected \(code)", sourceLocation: sourceLocation)
    } catch let refusal as any Refusal {
        #expect(refusal.refusalCode.rawValue == code, "\(refusal)", sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(String(reflecting: error)); expected \(code)", sourceLocation: sourceLocation)
    }
}
