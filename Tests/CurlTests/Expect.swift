import Curl
import Testing

/// A request that is as patient as a busy machine needs it to be.
func ask(
    _ method: String, _ url: String, headers: [CurlHeader] = [], body: [UInt8]? = nil, limits: CurlLimits = .patient
) -> CurlRequest {
    CurlRequest(method, url, headers: headers, body: body, limits: limits)
}

extension CurlLimits {
    /// No limit of time that a test could run into, and room for large answers.
    static var patient: CurlLimits {
        var limits = CurlLimits()
        limits.connecting = .seconds(600)
        limits.total = nil
        limits.slow = .zero
        limits.answerBytesMax = 1 << 30
        return limits
    }
}

/// Sends a request that must fail, and gives the error.
func failure(of request: CurlRequest, by client: CurlClient) async throws -> CurlError {
    try #require(
        await #expect(throws: CurlError.self) {
            try await client.send(request)
        })
}

/// Runs `body` with a client and closes it.
func withClient<Answer>(
    _ configuration: CurlConfiguration = CurlConfiguration(), _ body: (CurlClient) async throws -> Answer
) async throws -> Answer {
    let client = CurlClient(configuration)
    let result: Result<Answer, any Error>
    do { result = .success(try await body(client)) } catch { result = .failure(error) }
    await client.close()
    #expect(client.statistics.handlesFreed == client.statistics.handlesMade)
    return try result.get()
}
