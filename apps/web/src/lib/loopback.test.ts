import { expect, it } from 'vitest'
import { isLoopback } from './loopback.ts'

it('knows the names by which a computer calls itself', () => {
  const names = ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://127.1', 'http://[::1]:3000']
  expect(names.map((address) => isLoopback(new URL(address).hostname))).toEqual(names.map(() => true))
})

it('takes no other name for one of them', () => {
  const names = ['http://192.168.1.10:3000', 'https://taikai.example.com', 'http://localhost.example.com']
  expect(names.map((address) => isLoopback(new URL(address).hostname))).toEqual(names.map(() => false))
})
