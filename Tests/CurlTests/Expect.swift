import Curl
import Testing

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
