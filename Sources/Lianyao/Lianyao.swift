import ArgumentParser
import AsyncHTTPClient
@main struct L { static func main() { print("hi") } }
